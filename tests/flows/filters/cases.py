"""A ledger's names, as nasty as names get."""

from hypothesis import strategies as st

from ledger.flows.filters.resolver import Names

NAMES = Names(
    models=("claude-opus-4-5", "claude-sonnet-4-5", "gpt-5-codex", "gpt-5", ""),
    projects=("/home/ada/api", "/home/bob/api", "/home/ada/atlas", "/home/ada/my notes", ""),
    labels=("bug", "client X", "Bug"),
    worktrees=("", "fox", "none of it"),
)
TEXT = st.text(
    st.one_of(
        st.sampled_from('"\\*,:- /ab'), st.characters(exclude_categories=("Cs",)),
    ),
    max_size=8,
)  # fmt: skip
ANY_NAMES = st.builds(
    Names,
    *(st.lists(TEXT, unique=True, max_size=4).map(tuple) for _ in range(4)),
)
