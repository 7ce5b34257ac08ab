import { mount } from "../ui/mount";
import { App } from "./app";
import "./applicant.css";
import "./typing.css";

mount(<App />);
