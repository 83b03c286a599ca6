"""Values: what a specification and its prompts need so that they can be followed, trained on and tested."""
