"""What is asked of Braze, one model a body. A model that breaks a published rule cannot be made."""
