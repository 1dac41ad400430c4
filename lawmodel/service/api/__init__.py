"""The interface for programs: JSON over HTTP, described by an OpenAPI document."""
