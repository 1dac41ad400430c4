"""`lawmodel dataset`: cases with the answers that the law gives under every reading, for benchmarks."""
