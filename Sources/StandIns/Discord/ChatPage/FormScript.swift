// Forms that a bot opens (modals).

extension ChatPage {
    static let formScript = #"""
        // Forms that a bot opens (modals).

        import { element } from "./markdown.js";
        import { world } from "./world.js";

        const dialog = document.getElementById("dialog");
        const fields = document.getElementById("dialog-fields");
        let interaction = null;

        export function openForm(id, modal) {
          interaction = id;
          document.getElementById("dialog-title").textContent = modal.title;
          fields.replaceChildren(...modal.components.flatMap(row => {
            const input = row.component ?? row.components?.[0];
            if (!input) return [];
            const key = "field-" + input.custom_id;
            const shared = { id: key, name: input.custom_id, placeholder: input.placeholder, required: input.required !== false, minlength: input.min_length, maxlength: input.max_length ?? 4000 };
            const node = input.style === 2 ? element("textarea", { ...shared, rows: 4 }) : element("input", { ...shared, type: "text" });
            node.value = input.value ?? "";
            return [element("label", { for: key }, row.label ?? input.label ?? input.custom_id), node];
          }));
          dialog.showModal();
        }

        document.getElementById("dialog-cancel").addEventListener("click", () => dialog.close());
        document.getElementById("dialog-form").addEventListener("submit", event => {
          event.preventDefault();
          const values = Object.fromEntries([...fields.querySelectorAll("input, textarea")].map(node => [node.name, node.value]));
          dialog.close();
          world.act("submit", { interaction, values });
        });
        """#
}
