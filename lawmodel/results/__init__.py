"""What questions come to, as dataclasses; one encoder makes their JSON, one reader of types its schema."""
