// A real client: the npm package 'openai'. Run in a folder that has it: node openai-client.mjs http://127.0.0.1:8000/v1
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(pathToFileURL(process.cwd() + '/'));
const { OpenAI } = await import(pathToFileURL(require.resolve('openai')).href);
const client = new OpenAI({ baseURL: process.argv[2], apiKey: 'none', maxRetries: 0 });
const ask = { model: 'tiny', messages: [{ role: 'user', content: 'Question: 12 + 30 =' }], temperature: 0, stop: ['\n'] };
const result = {};

const chat = await client.chat.completions.create(ask);
result.chat = [chat.choices[0].message.content, chat.choices[0].finish_reason, chat.usage.total_tokens > 0];

const chunks = [];
for await (const chunk of await client.chat.completions.create({ ...ask, stream: true, stream_options: { include_usage: true } })) {
  chunks.push(chunk);
}

result.stream = [
  chunks[0].choices[0].delta.role,
  chunks.map(chunk => chunk.choices[0]?.delta.content ?? '').join(''),
  chunks.map(chunk => chunk.choices[0]?.finish_reason).filter(Boolean).join(),
  chunks.at(-1).usage.completion_tokens > 0,
];

const completion = await client.completions.create({ model: 'tiny', prompt: 'Question: 12 + 30 =\nAnswer:', temperature: 0, stop: '\n', logprobs: 1, echo: true });
result.completion = [completion.choices[0].text, completion.choices[0].logprobs.tokens.length];

let streamed = '';
for await (const chunk of await client.completions.create({ model: 'tiny', prompt: 'Question: 2 + 3 =\nAnswer:', temperature: 0, stop: '\n', stream: true })) {
  streamed += chunk.choices[0].text;
}

result.streamed = streamed;
result.models = (await client.models.list()).data.map(model => model.id);

async function failure(call) {
  try {
    await call();
    return null;
  } catch (error) {
    return [error.constructor.name, error.status, error.code, error.param];
  }
}

result.unknown = await failure(() => client.chat.completions.create({ ...ask, model: 'gpt-4' }));
result.wrong = await failure(() => client.chat.completions.create({ ...ask, temperature: 3 }));
result.tooLong = await failure(() => client.completions.create({ model: 'tiny', prompt: '7 '.repeat(1100) }));
result.full = await failure(() => client.completions.create({ model: 'tiny', prompt: '1 +', n: 64, max_tokens: 1000 }));

const stopped = await client.chat.completions.create({ ...ask, stop: [], max_tokens: 1000, stream: true });
for await (const _ of stopped) {
  stopped.controller.abort();
}

result.aborted = true;
console.log(JSON.stringify(result));
