"""OpenID Connect, the protocol: how a browser is sent to a provider, and what of its answer is believed.

It ends in `domain.provider.Claims`, the only thing it says of a person; which account that is, `landing` decides.
Nothing here keeps state between requests but what a provider publishes about itself: its metadata and its keys.
"""
