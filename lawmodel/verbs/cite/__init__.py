"""`lawmodel cite`: the program, an answer or a provision, cited."""
