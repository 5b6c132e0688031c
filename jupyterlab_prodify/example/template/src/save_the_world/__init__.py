"""How fast does carbon dioxide rise at Mauna Loa?"""
