// The index of a small guide, of a library.

const PAGES = [
  // kind, url, title, method, path, first sentence, parent
  [2, "requests/", "Requests and responses", "", "", "How to ask.", -1],
  [3, "requests/#errors", "Errors", "", "", "", 0],
  [1, "books/", "Books", "", "", "A book is what readers borrow.", -1],
  [0, "books/list/", "List books", "GET", "/books", "Returns all books.", 2],
  [0, "books/create/", "Create book", "POST", "/books", "Adds a book to the shelves.", 2],
  [0, "books/get/", "Get book", "GET", "/books/:id", "Returns one book.", 2],
  [0, "books/edit/", "Edit book", "PUT", "/books/:id", "Changes a book.", 2],
  [0, "books/delete/", "Delete book", "DELETE", "/books/:id", "Takes a book off the shelves.", 2],
  [0, "books/list_loans/", "List loans of book", "GET", "/books/:book_id/loans", "Returns who has had it.", 2],
  [1, "loans/", "Loans", "", "", "A loan says who has which book.", -1],
  [0, "loans/create/", "Lend book", "POST", "/users/:user_id/loans", "Gives a book to a reader.", 9],
  [0, "loans/get_policies/", "Get loan policies", "GET", "/settings/loan_policies", "Returns the rules.", 9],
  [1, "vans/", "vVans", "", "", "A van brings books.", -1],
  [2, "names/", "Names", "", "", "All names.", -1],
];
const TERMS = [
  [0, "due_date", [5, 0, 1, 4, 0, 2, 1, 1, 0]],
  [0, "from", [3, 1, 3]],
  [0, "id", [5, 1, 4, 1, 1, 4, 1, 1, 4]],
  [0, "isbn", [4, 1, 0, 1, 0, 1]],
  [0, "startDate", [3, 1, 5, 7, 1, 0]],
  [1, "hard_cover", [4, 1, 6]],
  [2, "isbn_10", [4, 1, 7]],
  [3, "422", [0, 1, 8, 10, 0, -1]],
];
const PREFIXES = ["body-book-", "response-", "object-loan-", "query-", "path-", "query-period-", "body-book-binding", "body-book-isbn", "status-422"];
const TEXTS = PAGES.map(([, , , , , text]) => text);
TEXTS[1] = "Label can't be blank is what the server's answer says of a book whose shelf mark collides with another one.";
TEXTS[4] = "Adds a book to the shelves. Its barcode is printed overnight by the PowerPrinter in the cellar.";

/** A fresh copy of the index. */
export function library() {
  return structuredClone({
    core: { pages: PAGES, terms: TERMS, prefixes: PREFIXES, synonyms: { volume: ["book"], "take back": ["delete"], tome: ["book"] }, names: "names/" },
    texts: { texts: TEXTS },
    elsewhere: {
      pages: [["2.0", 0, "../2.0/pens/sharpen/", "Sharpen pencil", "POST", "/pens/:id/sharpen"]],
      names: [["ink_level", "2.0", "../2.0/pens/get/#response-ink_level"]],
    },
  });
}

/** Texts by their words instead. */
export function inverted(texts) {
  const pages = new Map();
  texts.forEach((text, page) => {
    for (const word of new Set(text.toLowerCase().match(/[a-z0-9]+(?:['’][a-z0-9]+)*/g))) {
      const found = pages.get(word) ?? [];
      pages.set(word, [...found, page - found.reduce((sum, each) => sum + each, 0)]);
    }
  });
  return { words: Object.fromEntries(pages) };
}
