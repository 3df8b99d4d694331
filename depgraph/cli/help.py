"""Help and wrong usage, in the reader's language.

The sentences stand in :mod:`depgraph.texts`, as all others: ``help.VERB`` of a verb,
``help.VERB.OPTION`` of one of its options, or ``help.option.OPTION`` where several verbs have it; ``help.word.FILE`` of a word in capitals that stands for what is typed. Nothing in the
code of a verb says what its options mean.

In which language: :mod:`depgraph.cli.speaking`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import click

from depgraph.cli.files import is_folder, looks_like_a_file, near_files
from depgraph.cli.messages import Refused
from depgraph.cli.speaking import VARIABLE, listen, words_of
from depgraph.errors import InvalidName
from depgraph.names import parse, registered_domain
from depgraph.text_safety import quote
from depgraph.texts import Words, languages

_ANSWERS: Final = "depgraph.lang.answers"
_CAPITALS: Final = re.compile(r"\b[A-Z][A-Z_]+\b(?: RANGE)?")


def _answer_in(ctx: click.Context, _param: click.Parameter, given: str | None) -> str:
    """Return the language of answers: that given to the verb, else to the program, else English."""
    chosen = given or str(ctx.meta.get(_ANSWERS, "en"))
    ctx.meta[_ANSWERS] = chosen
    return chosen


LANG = click.option("--lang", type=click.Choice(languages()), envvar=VARIABLE, callback=_answer_in)


class Spoken(click.Command):
    """A command whose help and refusals are in the reader's language."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse what was typed; what is not expected is said in our words.

        Raises
        ------
        Refused
            If an argument or option is none that the command takes.
        """
        typed = list(args)
        if ctx.parent is None:
            listen(ctx, typed)
        try:
            return super().parse_args(ctx, args)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise Refused(self._refusal(error, typed, ctx)) from None

    def _refusal(self, error: click.UsageError, typed: list[str], ctx: click.Context) -> str:
        """Say what was expected, what was found, and where to read on."""
        if isinstance(error, click.BadParameter) and error.param is not None:
            return said(ctx, _bad_parameter(error, self._given(error.param, typed, ctx), ctx))
        return said(ctx, usage(error, words_of(ctx)))

    def _given(self, param: click.Parameter, typed: list[str], ctx: click.Context) -> object:
        """Return what was typed for a parameter."""
        given, _, _ = self.make_parser(ctx).parse_args(list(typed))
        return given.get(param.name or "")

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of the help, for the list of verbs, whatever its length."""
        del limit
        text = self._text(click.get_current_context()).partition("\n\n")[0]
        return text.partition(". ")[0].rstrip(".")

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is typed."""
        w = words_of(ctx)
        pieces = in_words(" ".join(self.collect_usage_pieces(ctx)), w)
        formatter.write_usage(ctx.command_path, pieces, prefix=w["help.usage"])

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self._text(ctx))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each option means, and the verbs of a group."""
        _write_rows(formatter, words_of(ctx)["help.options"], list(self._option_rows(ctx)))
        if isinstance(self, click.Group):
            verbs = [self.commands[name] for name in self.list_commands(ctx)]
            rows = [(verb.name or "", verb.get_short_help_str()) for verb in verbs]
            _write_rows(formatter, words_of(ctx)["help.verbs"], rows)

    def _text(self, ctx: click.Context) -> str:
        path = ".".join(_path(self, ctx))
        return words_of(ctx).get(f"help.{path}" if path else "help", self.help or "")

    def _option_rows(self, ctx: click.Context) -> Iterator[tuple[str, str]]:
        w = words_of(ctx)
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None and isinstance(param, click.Option):
                text = meaning(param, _path(self, ctx), w)
                yield in_words(record[0], w), "  ".join(filter(None, (text, _remark(param, w))))


def _write_rows(
    formatter: click.HelpFormatter, heading: str, rows: Sequence[tuple[str, str]]
) -> None:
    formatter.write_paragraph()
    formatter.write(f"{heading}\n")
    with formatter.indentation():
        formatter.write_dl(rows)


def _path(command: click.Command, ctx: click.Context) -> tuple[str, ...]:
    """Return the words that name a command, without the program: ``catalogue``, ``find``."""
    names = [] if ctx.command is command else [command.name or ""]
    while ctx.parent is not None:
        names.insert(0, ctx.info_name or "")
        ctx = ctx.parent
    return tuple(names)


def meaning(param: click.Parameter, path: Sequence[str], w: Words) -> str:
    """Return what an option of a command means; empty if the texts do not have it."""
    name = max(param.opts, key=len).lstrip("-")
    own, common = f"help.{'.'.join((*path, name))}", f"help.option.{name}"
    return w[own] if own in w else w.get(common, "")


def _remark(param: click.Parameter, w: Words) -> str:
    """Return what is taken if an option is not given, or that it must be."""
    if param.required:
        return w["help.required"]
    shown = isinstance(param, click.Option) and param.show_default
    return w.say("help.default", value=param.default) if shown else ""


def in_words(text: str, w: Words) -> str:
    """Return a text with the words in capitals, which stand for what is typed, in a language."""
    return _CAPITALS.sub(lambda match: w.get(f"help.word.{match[0]}", match[0]), text)


# --- What was typed wrong ------------------------------------------------------------------


def said(ctx: click.Context, text: str) -> str:
    """Return a refusal with where to read on."""
    return f"{text} {words_of(ctx).say('usage.see', command=f'{ctx.command_path} --help')}"


def usage(error: click.UsageError, w: Words) -> str:
    """Return what was typed wrong of a command line as a whole."""
    if isinstance(error, click.NoSuchOption):
        near = ", ".join(sorted(error.possibilities or ()))
        code = "usage.no-option-near" if near else "usage.no-option"
        return w.say(code, option=quote(error.option_name), near=near)
    if isinstance(error, click.BadOptionUsage):
        return w.say("usage.no-value", option=error.option_name)
    extra = re.search(r"\((.*)\)", error.message)
    text = w.say("usage.extra", found=quote(extra[1] if extra else error.message))
    files = extra[1].split() if extra else []
    return f"{text} {w['usage.one-file']}" if files and all(map(_is_there, files)) else text


def _bad_parameter(error: click.BadParameter, given: object, ctx: click.Context) -> str:
    param, w = error.param, words_of(ctx)
    assert param is not None
    name = param.make_metavar(ctx) if isinstance(param, click.Argument) else param.opts[-1]
    name = in_words(name.strip("[]."), w)
    if isinstance(error, click.MissingParameter):
        return w.say("usage.missing", name=name)
    several = given if isinstance(given, list | tuple) else [given]
    not_there = _not_there(param.type, several)
    several = not_there or several
    found = quote(" ".join(map(str, several)))
    if (
        isinstance(param.type, click.Path)
        and not param.type.dir_okay
        and any(is_folder(str(word)) for word in several)
    ):
        found = w.say("usage.a-folder", found=found)
    expected = _expected(param.type, w)
    if not expected:  # a callback of ours has read it
        return error.message
    text = w.say("usage.expected", expected=expected, name=name, found=found)
    if not_there and (meant := near_files(not_there[0])):
        text = f"{text} {w.say('usage.near', near=w['list.comma'].join(meant))}"
    name_meant = _name_meant(param.type, several)
    return f"{text} {w.say('usage.observes', name=name_meant)}" if name_meant else text


def _expected(kind: Any, w: Words) -> str:
    """Return what a type of click takes."""
    if isinstance(kind, click.Choice):
        return w.say("usage.choice", choices=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange | click.FloatRange):
        return w.say("usage.more" if kind.min_open else "usage.from", least=f"{kind.min:g}")
    if isinstance(kind, click.DateTime):
        return w["usage.day"]
    if isinstance(kind, click.Path):
        if not kind.exists and kind.file_okay:
            return w["usage.new-file"]
        return w["usage.folder" if not kind.file_okay else "usage.file"]
    return w["usage.file"] if isinstance(kind, click.File) else ""


def _not_there(kind: Any, several: Sequence[object]) -> list[str]:
    """Return which of the files that were given where files are read are not there."""
    if not isinstance(kind, click.Path) or not kind.exists:
        return []
    return [word for word in map(str, several) if word != "-" and not _is_there(word)]


def _is_there(word: str) -> bool:
    try:
        return Path(word).exists()
    except (OSError, ValueError):  # too long, or with a null character
        return False


def _name_meant(kind: Any, words_given: Sequence[object]) -> str:
    """Return the name of a service that was given where a file is expected; empty if it is none."""
    if not isinstance(kind, click.Path) or not kind.file_okay:
        return ""
    for word in map(str, words_given):
        try:
            if not looks_like_a_file(word) and registered_domain(name := parse(word)):
                return name
        except InvalidName:
            continue
    return ""
