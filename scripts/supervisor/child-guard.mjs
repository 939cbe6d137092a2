// Loaded into every child of the supervisor: a child whose supervisor was killed ends itself.
if (process.channel) {
  process.once("disconnect", () => {
    if (process.exitCode === undefined) process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), 15_000).unref();
  });
  // Listening must not keep a child alive that has nothing else to do.
  process.channel.unref();
}
