// Loaded into every child of the supervisor: a child whose supervisor was killed ends itself. Processes that the
// child forks inherit this import; theirs is the child's channel, which `next dev` needs open.
if (process.channel && process.env.PENTIMENTO_SUPERVISOR_PID === String(process.ppid)) {
  process.once("disconnect", () => {
    if (process.exitCode === undefined) process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), 15_000).unref();
  });
  // Listening must not keep a child alive that has nothing else to do.
  process.channel.unref();
}
