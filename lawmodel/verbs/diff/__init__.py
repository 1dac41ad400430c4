"""`lawmodel diff`: which entries two versions of the law differ in, and on which cases exactly the answers do."""
