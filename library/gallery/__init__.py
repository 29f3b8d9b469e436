"""Pictures: what is let in, how it is made fit for mail, who may use it, and where it is used."""
