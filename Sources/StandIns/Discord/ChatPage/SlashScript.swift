// Slash commands as text: what has been typed so far and what may follow.

extension ChatPage {
    static let slashScript = #"""
        // Slash commands as text: "/plex jobs run name:backup". Reads what has been typed so far and says what may follow.

        const kinds = { 3: "text", 4: "whole number", 5: "true or false", 6: "person", 7: "channel", 8: "role", 9: "person or role", 10: "number", 11: "file" };

        // What suggestions stand for: people see names, the bot gets values.
        const meanings = new Map();
        const key = (path, option, name) => `${path}|${option}|${name}`;

        // The options as they are sent.
        export function meant(state) {
          return Object.fromEntries(Object.entries(state.options).map(([option, name]) => [option, meanings.get(key(state.command.path, option, name)) ?? name]));
        }

        // The command meant by the text, the options given, and the option being typed.
        export function read(text, commands) {
          const words = text.slice(1);
          const command = commands.filter(command => words === command.path || words.startsWith(command.path + " ")).sort((a, b) => b.path.length - a.path.length)[0];
          if (!command) return { command: null, options: {}, current: null };
          const rest = words.slice(command.path.length);
          const names = command.options.map(option => option.name).sort((a, b) => b.length - a.length);
          const options = {};
          let current = null;
          if (names.length) {
            const pattern = new RegExp(`(^|\\s)(${names.map(name => name.replace(/[.*+?^$()[\]{}|\\]/g, "\\$&")).join("|")}):`, "gu");
            const marks = [...rest.matchAll(pattern)];
            marks.forEach((mark, index) => {
              const start = mark.index + mark[0].length;
              const end = marks[index + 1]?.index ?? rest.length;
              options[mark[2]] = rest.slice(start, end).trim();
              if (index === marks.length - 1) current = { name: mark[2], typed: rest.slice(start, end).trimStart() };
            });
            // Words without a name before them belong to the first option.
            const bare = (marks.length ? rest.slice(0, marks[0].index) : rest).trim();
            if (bare && !(command.options[0].name in options)) options[command.options[0].name] = bare;
          }
          return { command, options, current, rest };
        }

        export function missing(state) {
          return state.command?.options.filter(option => option.required && !state.options[option.name]).map(option => option.name) ?? [];
        }

        // What the list above the field shows: { head, items: [{ label, args, about, text }] }.
        // `text` is what the field becomes when the item is taken.
        export async function suggestions(text, commands, world, channel) {
          const state = read(text, commands);
          if (!state.command || (state.rest === "" && !commands.some(command => command.path === text.slice(1)))) {
            const typed = text.slice(1).toLowerCase();
            const found = commands.filter(command => command.path.includes(typed) || command.description.toLowerCase().includes(typed));
            return {
              head: found.length ? "Commands" : commands.length ? "No command like that" : "No slash commands are registered yet",
              items: found.map(command => ({ label: "/" + command.path, args: command.options.map(option => option.required ? option.name : `[${option.name}]`).join(" "), about: command.description, text: "/" + command.path + (command.options.length ? " " : "") })),
            };
          }
          const base = "/" + state.command.path;
          if (state.current) {
            const option = state.command.options.find(option => option.name === state.current.name);
            const before = text.slice(0, text.length - state.current.typed.length);
            const items = (await values(option, state, world, channel)).map(choice => {
              meanings.set(key(state.command.path, option.name, choice.name), choice.value);
              return { label: choice.name, about: "", text: before + choice.name + " " };
            });
            return { head: `${option.name}: ${option.description} (${kinds[option.type] ?? "text"})`, items };
          }
          const open = state.command.options.filter(option => !(option.name in state.options));
          const start = text.endsWith(" ") || text === base ? text.trimEnd() + " " : text + " ";
          return {
            head: state.command.description + (open.length ? "" : " — press Enter"),
            items: open.map(option => ({ label: option.name + ":", args: option.required ? "required" : "optional", about: option.description, text: start + option.name + ":" })),
          };
        }

        async function values(option, state, world, channel) {
          const typed = state.current.typed.toLowerCase();
          const like = list => list.filter(item => item.name.toLowerCase().includes(typed));
          if (option.choices) return like(option.choices.map(choice => ({ name: choice.name, value: String(choice.value) })));
          if (option.type === 5) return like([{ name: "true", value: "true" }, { name: "false", value: "false" }]);
          if (option.type === 6) return like(world.people().map(person => ({ name: person.display, value: person.name })));
          if (option.type === 7) return like(world.channels().map(room => ({ name: "#" + room.name, value: room.name })));
          if (option.type === 8) return like(world.roles().map(role => ({ name: "@" + role.name, value: role.name })));
          if (!option.autocomplete) return [];
          try {
            const others = { ...state.options };
            delete others[option.name];
            const answer = await world.post("complete", { channel, path: state.command.path, option: option.name, typed: state.current.typed, options: others });
            return answer.choices.map(choice => ({ name: choice.name, value: String(choice.value) }));
          } catch {
            return [];
          }
        }
        """#
}
