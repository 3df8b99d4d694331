"""What a language has besides its texts: how it names countries, and how it makes claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    """What a country is called in a language.

    Parameters
    ----------
    name
        Its name.
    also
        Other names in use.
    adjectives
        What its companies and its law are called, in the singular.
    """

    name: str
    also: tuple[str, ...]
    adjectives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words by which a sentence says something of somebody.

    Parameters
    ----------
    form
        What they say where nothing denies it (:class:`depgraph.analysis.grammar.Form`).
    pattern
        A regular expression. ``{function}`` and ``{level}`` are the words of the language, other
        names in braces its parts. What a group ``who`` or a group ``level`` holds is who is meant.
        A group ``then`` holds what follows for the service: a denial in it counts, and no other;
        a group ``stay`` says that the service goes on, which denies the form as well. A group
        ``own`` holds words that are the cue itself where they deny ("nothing to do with").
        A group ``itself`` holds words for the service itself ("our own", "in-house"): it is meant.
    before
        Whether who is meant stands before the words ("Amazon can stop it") and not after them.
    layer
        What is done, for the forms that say that somebody does it (``host``, ``registrar``).
    """

    form: str
    pattern: str
    before: bool = False
    layer: str = ""


def cues_of_nouns(
    nouns: Mapping[str, str], *, after: str, before: str, unless: str
) -> tuple[Cue, ...]:
    """Return the cues that say by a noun who does something.

    Parameters
    ----------
    nouns
        Layer -> what those are called who do it ("registrar").
    after
        What follows the noun where it is said of whoever comes next ("our host is X").
    before
        What stands before it where it is said of whoever came ("X is our host").
    unless
        What then must not follow it.
    """
    return tuple(
        Cue("done-by", how, before=came, layer=layer)
        for layer, noun in nouns.items()
        for came, how in ((False, f"{noun}{after}"), (True, f"{before}{noun}(?!{unless})"))
    )


def cues_of_verbs(verbs: Mapping[str, str], *, unless: str) -> tuple[Cue, ...]:
    """Return the cues that say by a verb what whoever stands before it does ("X protects us").

    Parameters
    ----------
    verbs
        Layer -> the verb.
    unless
        What must not follow it: "hosts ... with" is said of another.
    """
    return tuple(
        Cue("done-by", f"{verb}(?!{unless})", before=True, layer=layer)
        for layer, verb in verbs.items()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """How people say who is behind a service: regular expressions, and the words in them.

    Parameters
    ----------
    functions
        What functions are called -> the function: ``web``, ``mail``, ``name``.
    levels
        What actors are called -> their level.
    parts
        Names of expressions that several cues share; one may name those before it.
    cues
        What a sentence says of whom.
    possessive
        What stands before the word of a function that is meant as one ("its mail").
    not_function
        What stands behind such a word where it is of another thing ("name service").
    things
        Layer -> what the service has that is no function of it ("DNS"), as a thing of which
        something is said.
    owning
        What stands before the word of a thing that the service has ("our own").
    too
        What may end a list of them ("as well").
    anew
        Who speaks of the service as a whole, whatever part of it was spoken of before ("we").
    sending
        How it is said that mail is sent, of which nothing here is known.
    profiles
        Where one is by having a profile, which says nothing of who serves the site.
    belonging
        How the service itself is named beside what it has, and what may be read there instead
        ("the mail of Parler": "the mail"). ``{service}`` stands for its names.
    anybody
        Who is meant by a sentence about nobody in particular ("nobody can stop it").
    tail
        What ends the words about somebody and begins others ("for its operations").
    together
        What stands between several who are meant together.
    inside
        What stands before the name of a place.
    affirms, denies
        What stands before somebody of whom the opposite is said: after a denial ("not by A but
        by B"), and after what is not denied ("by A, not by B"). A group ``by`` holds a word that
        repeats what binds the first of them to what is said.
    acts
        What is done, and its layer, in two lists: as it is done ("hosted"), and as a thing
        ("DNS"). Those of one list that stand together share whom they are done by.
    alternative
        Those of them by which a denial goes on ("or depends on").
    operators
        Words that deny, except or limit, or seem to: what each does
        (:class:`depgraph.analysis.polarity.Force`), and how it is written. Where two overlap, the
        row that comes first holds.
    half
        The second half of a word of limit that has two ("ne ... que").
    closes
        What ends the reach of a denial.
    concerning
        What begins a clause about somebody who was just named ("Parler, which").
    another
        One who does something for the service, of whom something may be said ("its host").
    meanwhile
        What may stand between him and what is said of him ("does not").
    own_phrase
        What stands before a denial that denies nothing but its own noun ("with no downtime").
    joined
        What stands before a second denial that only repeats the first ("no A and no B").
    either
        What stands between several of whom one is meant.
    whichever
        What stands before several of whom each may be meant ("whether A or B").
    other_function
        A clause that says the opposite of another function ("but not our web site").
    asks
        A clause that asks who or what, and says nothing; with the question mark that ends it.
    breaks
        What ends a clause.
    untested
        What cannot be tested (:class:`depgraph.analysis.grammar.Untestable`), and how it is said.
        A group ``year`` holds that in which it is said to be so.
    articles
        What stands before a name and is no part of it.
    spelt
        Words of these expressions as they are written, of which a misspelt one may be meant.
    outside
        What stands before X where whoever is not of X is meant ("outside"), with a group ``each``
        if each of them alone is, and a group ``level``.
    jointly
        How several are meant as one ("together").
    beside
        Layer -> what stands before somebody, and after, where his role in it is meant ("uses a
        French registrar", "uses A for DNS").
    subject
        What stands before what is said of somebody (a group ``who``): "the site of A is".
    law
        How the companies, or the law, of a country are called: with a group ``land``.
    """

    functions: Mapping[str, str]
    levels: Mapping[str, str]
    parts: Mapping[str, str]
    cues: tuple[Cue, ...]
    possessive: str
    not_function: str
    things: Mapping[str, str]
    owning: str
    too: str
    anew: str
    sending: str
    profiles: str
    belonging: tuple[tuple[str, str], ...]
    anybody: str
    tail: str
    together: str
    affirms: str
    denies: str
    acts: tuple[Mapping[str, str], ...]
    inside: str
    alternative: str
    operators: tuple[tuple[str, str], ...]
    half: str
    closes: str
    concerning: str
    another: str
    meanwhile: str
    own_phrase: str
    joined: str
    either: str
    whichever: str
    other_function: str
    asks: str
    breaks: str
    untested: tuple[tuple[str, str], ...]
    articles: str
    spelt: tuple[str, ...]
    outside: str
    jointly: str
    beside: Mapping[str, tuple[str, str]]
    subject: str
    law: tuple[str, ...]
