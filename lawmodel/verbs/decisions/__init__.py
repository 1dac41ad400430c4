"""`lawmodel decisions`: how do reported decisions stand to the rulebook?"""
