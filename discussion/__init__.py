"""Discussion: comments, mentions and watchers on any work item."""
