"""What several vocabularies ask for in the same words."""


def dataset_licence(content: dict) -> dict:
    """The licence of the data: the first of the descriptor."""
    return content["licenses"][0]


def authors(content: dict) -> list[str]:
    """The names of those who made the data."""
    people = content.get("contributors", [])
    return [
        person["title"] for person in people if "creator" in person.get("roles", ["creator"])
    ] or ["unknown"]


def day_of(content: dict) -> str | None:
    """The day of the release, None for what is not released."""
    return content["created"][:10] if "created" in content else None


def files(content: dict) -> list[dict]:
    """The resources that are files, each with the one path that it has."""
    return [resource for resource in content["resources"] if isinstance(resource.get("path"), str)]


def digest(resource: dict) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return resource["hash"].removeprefix("sha256:")
