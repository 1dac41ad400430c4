"""What a program asks, whichever way it comes: for each verb what is given, checked, and the result it comes to."""
