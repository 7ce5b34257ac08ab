"""What a job group must fulfil beyond its shape. Each rule yields faults; none stops another."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from dialogue.document import Document
from dialogue.fault import Fault, Path, nearest, quoted
from dialogue.forbidden import forbidden
from dialogue.question import questions
from dialogue.wording import MOST_CHARACTERS, is_korean, is_open, is_polite, same_words
from schemas.catalogue import Anchors, Group, Job, Topic, Tree
from schemas.language import Bilingual, Language

SHORTEST_TERM = 2
"""Characters; a shorter word is found inside too many others."""

NEEDED: Sequence[frozenset[str]] = (
    frozenset({"missing-situation", "missing-task"}),
    frozenset({"missing-action"}),
    frozenset({"missing-result"}),
    frozenset({"missing-number"}),
    frozenset({"missing-own-part"}),
    frozenset({"contrast"}),
)
"""The causes of which each tree must have one, besides a mention."""

LANGUAGES: tuple[Language, Language] = ("en", "ko")

Rule = Callable[[Document, Group], Iterator[Fault]]


def broken_rules(document: Document, group: Group) -> list[Fault]:
    """All faults of a well-shaped document, in the order of its lines."""
    return sorted((fault for rule in RULES for fault in rule(document, group)), key=lambda fault: fault.line)


def repeated(documents: Iterable[tuple[Document, Group]]) -> Iterator[Fault]:
    """Ids that stand in two documents; the later one is at fault."""
    seen: dict[str, str] = {}
    for document, group in documents:
        named: list[tuple[Path, str]] = [(("id",), f"group {group.id}")]
        named += [(("jobs", j, "id"), f"job {job.id}") for j, job in enumerate(group.jobs)]
        for path, name in named:
            if seen.setdefault(name, document.file) != document.file:
                yield document.fault(path, "an id of its own", f"`{name}`, which is in {seen[name]} already")


def _ids(document: Document, group: Group) -> Iterator[Fault]:
    yield from _unique(document, ("jobs",), [job.id for job in group.jobs])
    for path, job in _jobs(group):
        ids = [competency.id for competency in job.description.competencies]
        yield from _unique(document, (*path, "description", "competencies"), ids)
        yield from _unique(document, (*path, "trees"), [tree.id for tree in job.trees])
    for path, _, tree in _trees(group):
        yield from _unique(document, (*path, "topics"), [topic.id for topic in tree.topics])
    for path, topic in _topics(group):
        yield from _unique(document, (*path, "subtopics"), [subtopic.id for subtopic in topic.subtopics])


def _unique(document: Document, path: Path, ids: Sequence[str]) -> Iterator[Fault]:
    for place, name in enumerate(ids):
        if name in ids[:place]:
            first = document.line((*path, ids.index(name), "id"))
            yield document.fault((*path, place, "id"), "an id of its own", f"`{name}` again, as in line {first}")


def _codes(document: Document, group: Group) -> Iterator[Fault]:
    for path, job in _jobs(group):
        here, ncs = (*path, "ncs"), job.ncs
        if ncs.code is not None and not ncs.code.startswith(group.ncs):
            expected = f"a code of this group, beginning with {group.ncs}"
            yield document.fault((*here, "code"), expected, ncs.code)
        if ncs.verified and ncs.code is None:
            yield document.fault(here, "the `code` that was verified, or `verified: false`", "no code")
        if not ncs.verified and ncs.note is None:
            yield document.fault(here, "a `note` that says what is to be looked up", "nothing")


def _sources(document: Document, group: Group) -> Iterator[Fault]:
    for path, job in _jobs(group):
        styles = job.description.work_styles
        here = (*path, "description", "work_styles")
        if (styles.occupation is None) != (styles.title is None):
            yield document.fault(here, "`occupation` and `title` together", "one of them")
        if styles.occupation is not None and group.attribution is None:
            yield document.fault(
                here, "an `attribution` at the top of the file where O*NET's figures are used", "nothing"
            )


def _languages(document: Document, group: Group) -> Iterator[Fault]:
    for path, text in _texts(group):
        if is_korean(text.en):
            yield document.fault((*path, "en"), "English", quoted(text.en))
        if not is_korean(text.ko):
            yield document.fault((*path, "ko"), "Korean", quoted(text.ko))


def _competencies(document: Document, group: Group) -> Iterator[Fault]:
    for path, job in _jobs(group):
        known = [competency.id for competency in job.description.competencies]
        asked: dict[str, str] = {}
        for t, tree in enumerate(job.trees):
            here = (*path, "trees", t, "competency")
            if tree.competency not in known:
                expected = "one of this job's competencies: " + ", ".join(known)
                yield document.fault(here, expected, f"`{tree.competency}`", nearest(tree.competency, known))
            elif tree.competency in asked:
                came = f"`{tree.competency}`, which `{asked[tree.competency]}` asks for already"
                yield document.fault(here, "another competency than the trees before", came)
            asked.setdefault(tree.competency, tree.id)


def _terms(document: Document, group: Group) -> Iterator[Fault]:
    for path, _, tree in _trees(group):
        for language in LANGUAGES:
            yield from _tree_terms(document, path, tree, language)


def _tree_terms(document: Document, path: Path, tree: Tree, language: Language) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for p, topic in enumerate(tree.topics):
        for s, subtopic in enumerate(topic.subtopics):
            here = (*path, "topics", p, "subtopics", s, language)
            terms = subtopic.terms(language)
            if language == "ko" and not any(is_korean(term) for term in terms):
                yield document.fault(here, "at least one Korean word", quoted(", ".join(terms)))
            for place, term in enumerate(terms):
                owner = owners.setdefault(term.casefold(), f"{topic.id}/{subtopic.id}")
                if owner != f"{topic.id}/{subtopic.id}" or term.casefold() in map(str.casefold, terms[:place]):
                    came = f"{quoted(term)}, which belongs to {owner} already"
                    yield document.fault((*here, place), "a word that belongs to one subtopic of the tree", came)
                if len(term) < SHORTEST_TERM:
                    expected = f"a word of at least {SHORTEST_TERM} characters"
                    yield document.fault((*here, place), expected, quoted(term))
                if language == "en" and is_korean(term):
                    yield document.fault((*here, place), "English", quoted(term))


def _causes(document: Document, group: Group) -> Iterator[Fault]:
    for path, topic in _topics(group):
        known = [subtopic.id for subtopic in topic.subtopics]
        first: dict[str, int] = {}
        for n, follow_up in enumerate(topic.follow_ups):
            here = (*path, "follow_ups", n)
            mentioned = follow_up.when.mentions
            if mentioned is not None and mentioned not in known:
                expected = "a subtopic of this topic: " + ", ".join(known)
                yield document.fault((*here, "when", "mentions"), expected, f"`{mentioned}`", nearest(mentioned, known))
            earlier = first.setdefault(str(follow_up.when), n)
            if earlier != n:
                came = f"`{follow_up.when}` again, as in line {document.line((*path, 'follow_ups', earlier))}"
                yield document.fault(here, "one follow-up for each cause in a topic", came)


def _coverage(document: Document, group: Group) -> Iterator[Fault]:
    for path, _, tree in _trees(group):
        causes = Counter(str(follow_up.when) for topic in tree.topics for follow_up in topic.follow_ups)
        for needed in NEEDED:
            if not needed & causes.keys():
                words = " or ".join(f"`{cause.replace('-', ': ', 1)}`" for cause in sorted(needed))
                expected = f"a follow-up for {words.replace('`contrast`', '`contrast: true`')} in this tree"
                yield document.fault(path, expected, "none")
        if not any(cause.startswith("mentions-") for cause in causes):
            yield document.fault(path, "a follow-up for `mentions: …` in this tree", "none")


def _wording(document: Document, group: Group) -> Iterator[Fault]:
    for job_path, job in _jobs(group):
        for question in questions(job):
            path = (*job_path, *question.path)
            for language in LANGUAGES:
                text = question.ask.said(language)
                yield from _question(document, (*path, language), text, language)
                if question.when is None and not is_open(text, language):
                    expected = "an open question to begin with, not one for yes or no"
                    yield document.fault((*path, language), expected, quoted(text))


def _question(document: Document, path: Path, text: str, language: Language) -> Iterator[Fault]:
    if len(text) > MOST_CHARACTERS:
        expected = f"a question to ask in one breath: at most {MOST_CHARACTERS} characters"
        yield document.fault(path, expected, f"{len(text)} characters")
    if found := forbidden(text, language):
        topic, words = found
        yield document.fault(path, f"nothing about the applicant's {topic}", quoted(words))
    if language == "ko" and not is_polite(text):
        yield document.fault(path, "a polite question, ending in -요, -까, -니다 or -시오", quoted(text))


def _repetition(document: Document, group: Group) -> Iterator[Fault]:
    for job_path, job in _jobs(group):
        first: dict[tuple[Language, str], Path] = {}
        for question in questions(job):
            for language in LANGUAGES:
                path = (*job_path, *question.path, language)
                earlier = first.setdefault((language, same_words(question.ask.said(language))), path)
                if earlier != path:
                    came = f"the words of line {document.line(earlier)}"
                    yield document.fault(path, "a question that is asked once in this job", came)


def _anchors(document: Document, group: Group) -> Iterator[Fault]:
    for path, _, tree in _trees(group):
        for language in LANGUAGES:
            first: dict[str, str] = {}
            for level, text in _levels(tree.anchors):
                earlier = first.setdefault(same_words(text.said(language)), level)
                if earlier != level:
                    here = (*path, "anchors", level, language)
                    yield document.fault(here, "another behaviour at each level", f"the words of level {earlier}")


def _levels(anchors: Anchors) -> tuple[tuple[str, Bilingual], ...]:
    return ("1", anchors.one), ("3", anchors.three), ("5", anchors.five)


def _jobs(group: Group) -> Iterator[tuple[Path, Job]]:
    for j, job in enumerate(group.jobs):
        yield ("jobs", j), job


def _trees(group: Group) -> Iterator[tuple[Path, Job, Tree]]:
    for path, job in _jobs(group):
        for t, tree in enumerate(job.trees):
            yield (*path, "trees", t), job, tree


def _topics(group: Group) -> Iterator[tuple[Path, Topic]]:
    for path, _, tree in _trees(group):
        for p, topic in enumerate(tree.topics):
            yield (*path, "topics", p), topic


def _texts(group: Group) -> Iterator[tuple[Path, Bilingual]]:
    """Every text that is said in both languages, but the words of subtopics."""
    yield ("name",), group.name
    for path, job in _jobs(group):
        yield (*path, "name"), job.name
        for n, duty in enumerate(job.description.duties):
            yield (*path, "description", "duties", n), duty
        for n, competency in enumerate(job.description.competencies):
            yield (*path, "description", "competencies", n, "name"), competency.name
        for question in questions(job):
            yield (*path, *question.path), question.ask
    for path, topic in _topics(group):
        yield (*path, "name"), topic.name
    for path, _, tree in _trees(group):
        for level, text in _levels(tree.anchors):
            yield (*path, "anchors", level), text


RULES: tuple[Rule, ...] = (
    _ids,
    _codes,
    _sources,
    _languages,
    _competencies,
    _terms,
    _causes,
    _coverage,
    _wording,
    _repetition,
    _anchors,
)
"""All rules of one document; `repeated` is that of several."""
