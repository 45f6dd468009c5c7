"""The steps that made the database what it is; each stands alone and is never changed once released."""
