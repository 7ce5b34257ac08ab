"""The words that are to be expected of somebody who is interviewed for a job."""

from schemas.catalogue import Job
from schemas.language import Language
from schemas.speech import Vocabulary


def vocabulary_of(job: Job, language: Language) -> Vocabulary:
    """The terms of all subtopics of the job's keyword trees, in their order there, each once."""
    terms = (
        term
        for tree in job.trees
        for topic in tree.topics
        for subtopic in topic.subtopics
        for term in subtopic.terms(language)
    )
    return Vocabulary(language, tuple(dict.fromkeys(terms)))
