"""How names see text: through what syntax has learnt of a word in its place, and through their own look at its form."""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Maxout, Model, chain, concatenate, with_array
from thinc.types import Floats2d


@registry.architectures("dragoman.SharedAndOwn.v1")  # type: ignore[untyped-decorator]
def make_shared_and_own(
    shared: Model[list[Doc], list[Floats2d]],
    embed: Model[list[Doc], list[Floats2d]],
    encode: Model[list[Floats2d], list[Floats2d]],
    shared_width: int,
    width: int,
) -> Model[list[Doc], list[Floats2d]]:
    """Word states of another component beside own embeddings, mixed and read in context."""
    mixed: Model[list[Floats2d], list[Floats2d]] = with_array(
        Maxout(nO=width, nI=shared_width + width, nP=3, normalize=True, dropout=0.0)
    )
    model: Model[list[Doc], list[Floats2d]] = chain(concatenate(shared, embed), mixed, encode)
    model.set_dim("nO", width)
    return model
