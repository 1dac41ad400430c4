"""`lawmodel prove`: properties of the law, each proved for every case or refuted by one."""
