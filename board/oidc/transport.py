"""How providers are talked to: one pool of connections for all, and answers of a bounded size.

Authlib makes a client for each request; they all send through this. Proxies and certificates of the
environment (HTTPS_PROXY, SSL_CERT_FILE) are heeded.
"""

import os
from collections.abc import AsyncIterator
from types import TracebackType

import httpx2

from board.config.settings import ConfigurationError

SECONDS = 5.0
"""How long a provider may take for one answer."""

ANSWER_MAX = 256 * 1024
"""Bytes in an answer of a provider; metadata and keys are a few thousand."""


class ResponseTooLarge(httpx2.TransportError):
    """The answer is longer than any honest one."""


class SharedTransport(httpx2.AsyncBaseTransport):
    """Sends for many short-lived clients, none of which closes it. Redirects are handed back, not followed."""

    def __init__(self) -> None:
        try:
            self._client = httpx2.AsyncClient(timeout=SECONDS, follow_redirects=False)
        except OSError as error:  # also ssl.SSLError: a file without certificates
            where = next((name for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if os.environ.get(name)), "")
            raise ConfigurationError(
                f"{where}: {os.environ.get(where)} has no certificates: {error}"
            ) from error
        except ValueError as error:
            raise ConfigurationError(
                f"HTTPS_PROXY, HTTP_PROXY or ALL_PROXY is not an address: {error}"
            ) from error

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request. A compressed answer is refused: a small one may stand for gigabytes."""
        request.headers["Accept-Encoding"] = "identity"
        answer = await self._client.send(request, stream=True)
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            await answer.aclose()
            raise ResponseTooLarge("The answer is compressed, which was not asked for.", request=request)
        return httpx2.Response(
            answer.status_code,
            headers=answer.headers,
            stream=_Bounded(answer),
            extensions=answer.extensions,
            request=request,
        )

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        """Do nothing: one client is done, the others go on."""

    async def aclose(self) -> None:
        """Do nothing: one client is done, the others go on."""

    async def close(self) -> None:
        """Close the connections, at shutdown."""
        await self._client.aclose()


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, answer: httpx2.Response) -> None:
        self.answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for piece in self.answer.aiter_raw():
            size += len(piece)
            if size > ANSWER_MAX:
                raise ResponseTooLarge(
                    f"The answer has more than {ANSWER_MAX:,} bytes.", request=self.answer.request
                )
            yield piece

    async def aclose(self) -> None:
        await self.answer.aclose()
