"""What OpenAI's own client must be able to do at the stand-in of such an endpoint. Usage: words.py"""

import base64

import openai
import requests

from judging import Services, check, judge, refused


class House(Services):
    def __init__(self):
        super().__init__("--services", "wordsmith")
        line = self.told["wordsmith"]
        self.url, self.key = line["url"], line["key"]

    def client(self, key=None):
        return openai.OpenAI(base_url=self.url, api_key=key or self.key, max_retries=0, timeout=20)


MESSAGES = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Say hello."}]


@check
def models(house):
    """lists its models, and tells of one"""
    names = [model.id for model in house.client().models.list()]
    assert "scribe-small" in names and "brush-small" in names, names
    assert house.client().models.retrieve("scribe-small").object == "model"
    refused(openai.NotFoundError, house.client().models.retrieve, "scribe-large")


@check
def chat(house):
    """answers in one piece, and says what it took"""
    answer = house.client().chat.completions.create(model="scribe-small", messages=MESSAGES, max_tokens=200)
    choice = answer.choices[0]
    assert choice.message.role == "assistant" and choice.message.content.endswith("."), choice
    assert choice.finish_reason == "stop" and choice.message.refusal is None
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens
    short = house.client().chat.completions.create(model="scribe-small", messages=MESSAGES, max_tokens=3)
    assert short.choices[0].finish_reason == "length" and short.usage.completion_tokens == 3


@check
def limits(house):
    """has models that know the newer name of the limit only, and older ones that do not"""
    call = house.client().chat.completions.create
    error = refused(openai.BadRequestError, call, model="scribe-modern", messages=MESSAGES, max_tokens=9)
    assert error.param == "max_tokens" and error.code == "unsupported_parameter", error
    call(model="scribe-modern", messages=MESSAGES, max_completion_tokens=99)
    error = refused(openai.BadRequestError, call, model="scribe-small", messages=MESSAGES, max_completion_tokens=9)
    assert error.param == "max_completion_tokens", error
    assert "<think>" in call(model="scribe-thinker", messages=MESSAGES).choices[0].message.content


@check
def strangers(house):
    """lets nobody in without the right key, and says so in OpenAI's way"""
    error = refused(openai.AuthenticationError, house.client("sk-wrong").models.list)
    assert error.code == "invalid_api_key" and error.status_code == 401, error
    assert requests.get(f"{house.url}/models", timeout=5).status_code == 401


@check
def mistakes(house):
    """refuses what OpenAI refuses"""
    call = house.client().chat.completions.create
    error = refused(openai.NotFoundError, call, model="scribe-large", messages=MESSAGES)
    assert error.code == "model_not_found" and "`scribe-large`" in error.message, error
    refused(openai.BadRequestError, call, model="scribe-small", messages=[])
    refused(openai.BadRequestError, call, model="scribe-small", messages=[{"role": "boss", "content": "x"}])
    error = refused(
        openai.BadRequestError, call, model="scribe-small", messages=MESSAGES, extra_body={"shout": True})
    assert error.param == "shout", error
    headers = {"Authorization": f"Bearer {house.key}"}
    answer = requests.post(f"{house.url}/chat/completions", data="x=1", headers=headers, timeout=5)
    assert answer.status_code == 400 and "error" in answer.json()
    headers["Content-Type"] = "application/json"
    answer = requests.post(f"{house.url}/chat/completions", data="{", headers=headers, timeout=5)
    assert answer.status_code == 400 and answer.json()["error"]["type"] == "invalid_request_error"
    answer = requests.post(f"{house.url}/chat/completions", data="{}", headers=headers, timeout=5)
    assert answer.json()["error"]["param"] == "model"
    assert requests.get(f"{house.url}/chat/completions", headers=headers, timeout=5).status_code == 405
    assert requests.get(f"{house.url}/nowhere", headers=headers, timeout=5).status_code == 404


@check
def pictures(house):
    """paints, as base64 or to be fetched"""
    call = house.client().images.generate
    image = call(model="brush-small", prompt="a lighthouse", size="768x256", response_format="b64_json").data[0]
    assert base64.b64decode(image.b64_json).startswith(b"\x89PNG"), image.b64_json[:20]
    image = call(model="brush-small", prompt="a lighthouse", response_format="url").data[0]
    assert requests.get(image.url, timeout=5).content.startswith(b"\x89PNG")
    image = call(model="brush-modern", prompt="a lighthouse", size="1536x1024").data[0]
    assert base64.b64decode(image.b64_json).startswith(b"\xff\xd8\xff")
    error = refused(
        openai.BadRequestError, call, model="brush-modern", prompt="a lighthouse", response_format="b64_json")
    assert error.param == "response_format" and error.code == "unknown_parameter", error
    error = refused(openai.BadRequestError, call, model="brush-small", prompt="x", size="1536x1024")
    assert error.param == "size", error


if __name__ == "__main__":
    judge(House())
