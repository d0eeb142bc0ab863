"""PDF files that people upload: refused, or written anew with nothing in them but what is shown.

Everything here but ``sandbox`` runs in a process of its own that ends with the file
(``worker``): the office starts it and reads its answer, and parses no PDF itself.
"""
