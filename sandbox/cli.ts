/** `npm run sandbox`: GitHub on loopback, with a sample to try things on. Ctrl-C ends it. */
import { addSample, SAMPLE_REPOSITORY } from './github/sample';
import { startGitHub } from './github/server';

const PORT = 4567;

const github = await startGitHub({ port: PORT }).catch((error: unknown) => {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    console.error(`Port ${PORT} is taken: is another sandbox running?`);
    process.exit(1);
  }
  throw error;
});
const number = addSample(github);
const token = github.token();

console.log(`GitHub's REST API, in memory, at ${github.url}

  export GITHUB_API_URL=${github.url}
  export GITHUB_TOKEN=${token}

  curl -H "Authorization: Bearer $GITHUB_TOKEN" $GITHUB_API_URL/repos/${SAMPLE_REPOSITORY}/issues/${number}/comments
  curl -H "Authorization: Bearer $GITHUB_TOKEN" -d '{"body": "Hello"}' $GITHUB_API_URL/repos/${SAMPLE_REPOSITORY}/issues/${number}/comments

The pull request's page: ${github.url}/${SAMPLE_REPOSITORY}/pull/${number}
Ctrl-C ends it, and forgets everything.`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void github.close().then(() => process.exit(0));
  });
}
