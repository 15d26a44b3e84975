// What the page knows of the household, and its one way to the server.

extension ChatPage {
    static let worldScript = #"""
        // What the page knows of the household, and the one way to the server.

        export const world = {
          viewer: null,
          household: null,
          commands: [],
          onTrouble: () => {},
          person(id) { return this.household?.people.find(person => person.id === id); },
          people() { return this.household?.people ?? []; },
          roles() { return this.household?.roles.filter(role => role.name !== "@everyone") ?? []; },
          channels() { return this.household?.channels ?? []; },
          shownName(user) { return this.person(user.id)?.display ?? user.global_name ?? user.username; },
          names: {
            person: id => world.person(id)?.display,
            role: id => world.household?.roles.find(role => role.id === id)?.name,
            channel: id => world.channels().find(channel => channel.id === id)?.name,
          },
          async get(path) {
            const query = this.viewer ? (path.includes("?") ? "&" : "?") + "as=" + this.viewer : "";
            const answer = await fetch("api/" + path + query);
            const data = await answer.json();
            if (!answer.ok) throw new Error(data.error ?? "the server answered " + answer.status);
            return data;
          },
          async post(path, form) {
            const answer = await fetch("api/" + path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ as: this.viewer, ...form }) });
            const data = await answer.json();
            if (!answer.ok) throw new Error(data.error ?? "the server answered " + answer.status);
            return data;
          },
          // Like post, but what goes wrong is shown to the person.
          async act(path, form) {
            try {
              this.onTrouble(null);
              return await this.post(path, form);
            } catch (error) {
              this.onTrouble(error.message);
              return null;
            }
          },
        };
        """#
}
