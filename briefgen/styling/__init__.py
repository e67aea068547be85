"""What somebody needs who makes templates: what is shipped, what the house has of its own, what became of it, what is wrong."""
