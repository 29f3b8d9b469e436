"""The product under fire: real processes, killed and cut off at random, judged by the sandbox's ledger alone."""
