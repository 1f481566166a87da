"""Search: dense (FAISS), lexical (BM25), hybrid, and the generations of an index on disk."""
