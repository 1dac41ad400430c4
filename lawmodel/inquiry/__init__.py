"""What several verbs ask: deciding, counterfactuals, sensitivity, searching."""
