"""The confined processes that parse files of evidence, and how they are asked and watched."""
