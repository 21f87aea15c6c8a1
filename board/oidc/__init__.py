"""OpenID Connect, the protocol: what is asked of a provider, and what of its answer is believed. No Flask here.

It ends in `domain.provider.Claims`, the only thing it says of a person; which account that is, others decide.
Nothing here keeps state between requests but what a provider publishes about itself: its metadata and its keys.
"""
