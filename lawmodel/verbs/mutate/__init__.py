"""`lawmodel mutate`: would anybody notice if the law were another by a slip?"""
