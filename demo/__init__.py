"""What `make demo` needs beside the builder: people who label."""
