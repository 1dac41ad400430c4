"""Cases that show something, and properties proved or refuted by one."""
