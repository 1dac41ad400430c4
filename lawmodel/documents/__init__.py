"""Parts of documents that several verbs share: answers, inputs, reasons, changes."""
