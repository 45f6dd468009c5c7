"""Embedded ICC profiles: what they are called, and colours by them as sRGB. Runs in the worker only."""

from __future__ import annotations

import contextlib
import io

from PIL import Image, ImageCms

_PROFILES_RAISE = (ImageCms.PyCMSError, OSError, ValueError, TypeError)
BROKEN_PROFILE = "unreadable profile"


def convert_inks_to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert inks or Lab to sRGB by the embedded profile; leave them as they are without a usable one."""
    if profile:
        with contextlib.suppress(*_PROFILES_RAISE):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            made = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            return made or picture
    if picture.mode == "LAB":
        lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, lab, srgb, outputMode="RGB") or picture
    return picture


def convert_to_srgb(picture: Image.Image, profile: bytes | None) -> tuple[Image.Image, str]:
    """Convert from an embedded ICC profile to sRGB; the picture and the profile's name ("" if none)."""
    if not profile:
        return picture, ""
    with contextlib.suppress(*_PROFILES_RAISE):
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        name = ImageCms.getProfileDescription(source).strip()
        space = source.profile.xcolor_space.strip()
        if "srgb" in name.lower() or space not in {"RGB", "GRAY"}:
            return picture, name
        front = picture.convert("L") if space == "GRAY" else picture
        converted = ImageCms.profileToProfile(front, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        return (converted or picture), name
    return picture, BROKEN_PROFILE


def needs_conversion(profile: bytes | None) -> bool:
    """Whether an embedded profile asks for a conversion."""
    if not profile:
        return False
    return "srgb" not in read_profile_name(profile).lower()


def read_profile_name(profile: bytes | None) -> str:
    """Read the description of an ICC profile, "" without one, BROKEN_PROFILE if it cannot be read."""
    if not profile:
        return ""
    with contextlib.suppress(*_PROFILES_RAISE):
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.getProfileDescription(source).strip()
    return BROKEN_PROFILE
