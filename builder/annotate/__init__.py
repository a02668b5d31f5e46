"""Label Studio: tasks go to people, their answers come back; the only room that names it."""
