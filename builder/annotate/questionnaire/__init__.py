"""What a labelling config asks: its questions, the answers it allows, the words around them."""
