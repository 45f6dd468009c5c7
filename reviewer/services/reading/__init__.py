"""All of reading but the window: the reader, its worklist, and each thing that can be said."""
