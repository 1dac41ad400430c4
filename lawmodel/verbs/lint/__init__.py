"""`lawmodel lint`: checks of a rulebook, each proved of every case."""
