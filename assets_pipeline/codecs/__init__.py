"""Third-party encoders and decoders: WebAssembly modules and external programs."""
