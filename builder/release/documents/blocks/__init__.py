"""What the builder itself tells in a datasheet, block by block; a block that has nothing to tell is empty."""
