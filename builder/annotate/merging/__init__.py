"""From the archive to tables: every version of every annotation, judged and counted."""
