"""Cooperation topics: `TopicModel.load(models).classify(title, doc)`; the topics themselves are in `data/topics/`."""

from nlp.topics.model import BadTopicModel, TopicModel
from nlp.topics.topic import BadTopic, Topic, read_topics

__all__ = ["BadTopic", "BadTopicModel", "Topic", "TopicModel", "read_topics"]
